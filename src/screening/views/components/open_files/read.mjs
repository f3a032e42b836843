// Reading files, without a page: the parts plain Node can test.

const CHUNK = 0x8000;

/** The first bytes of a file, as base64. */
export async function start(file, bytes) {
  const found = new Uint8Array(await file.slice(0, bytes).arrayBuffer());
  let text = "";
  for (let at = 0; at < found.length; at += CHUNK) {
    text += String.fromCharCode(...found.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** So many files, each as base64; one that cannot be read any more is an empty one. */
export function all(files, bytes, most) {
  return Promise.all([...files].slice(0, most).map((file) => start(file, bytes).catch(() => "")));
}
