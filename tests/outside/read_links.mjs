// Opens links with an independent reader. Jobs come as JSON lines on stdin, one answer per line goes out.
import { webcrypto } from "node:crypto";
import { createInterface } from "node:readline";

globalThis.crypto ??= webcrypto; // Debian 12's Node has it by another name
const { SHLViewer } = await import("kill-the-clipboard");
for await (const line of createInterface({ input: process.stdin })) {
  const { link, passcode, embeddedLengthMax } = JSON.parse(line);
  let told;
  try {
    const viewer = new SHLViewer({ shlinkURI: link });
    const { fhirResources } = await viewer.resolveSHL({ recipient: "outside reader", passcode, embeddedLengthMax });
    told = { resources: fhirResources };
  } catch (error) {
    told = { error: error.constructor.name, code: error.code, said: String(error.message) };
  }
  console.log(JSON.stringify(told));
}
