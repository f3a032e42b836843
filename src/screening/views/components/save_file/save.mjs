// What "Save" does, without a page: the parts plain Node can test.

/** A file with its type: text as UTF-8, line ends as they are; or bytes, each as it is. */
export function file({ text, base64, type }) {
  if (base64 === undefined) return new Blob([text], { type: `${type};charset=utf-8` });
  return new Blob([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], { type });
}

/** Hand a file to the browser under this name, and forget its address again. */
export function handOver(blob, name, page, urls = URL) {
  const address = urls.createObjectURL(blob);
  const link = page.createElement("a");
  link.href = address;
  link.download = name;
  link.hidden = true;
  page.body.append(link);
  link.click();
  link.remove();
  // The download has begun by the next turn at the latest; Safari needs a moment more.
  setTimeout(() => urls.revokeObjectURL(address), 10_000);
}
