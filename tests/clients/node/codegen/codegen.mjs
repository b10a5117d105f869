// What graphql-codegen makes of the schema and the trusted documents: types of TypeScript.
const config = { strictScalars: true, scalars: { BigInt: "number", Day: "string", Edtf: "string", Instant: "string" } };

export default {
  schema: "schema.graphql",
  documents: "documents/*.graphql",
  generates: {
    "schema.ts": { plugins: ["typescript"], config },
    "operations.ts": { plugins: ["typescript-operations"], config },
  },
};
