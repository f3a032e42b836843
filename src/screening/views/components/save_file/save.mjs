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

/** This file can be saved at once: the page holds it. */
export const isHere = ({ text, base64 }) => text !== undefined || base64 !== undefined;

/** The file that was waited for, once it is here: never one that another press, or another tab, asked for. */
export const arrived = (files, waiting) => (waiting ? files.find((each) => each.id === waiting && isHere(each)) : undefined);
