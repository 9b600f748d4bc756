// Runs ONNX models for the tests. A line in: {"model": path, "inputs": {name: {"type", "data"}}}, null for NaN.
// A line out: {name: [values]}, or {"error": message}.
const ort = require("onnxruntime-node");
const readline = require("node:readline");

async function predict(request) {
  const session = await ort.InferenceSession.create(request.model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const feeds = {};
  for (const [name, { type, data }] of Object.entries(request.inputs)) {
    const values = type === "float64" ? Float64Array.from(data, (value) => value ?? NaN)
      : type === "float32" ? Float32Array.from(data, (value) => value ?? NaN) : data;
    const width = request.width ?? 1;
    feeds[name] = new ort.Tensor(type, values, [values.length / width, width]);
  }
  const outputs = await session.run(feeds);
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, Array.from(tensor.data, (value) => typeof value === "bigint" ? Number(value) : value)]));
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  predict(JSON.parse(line)).then(
    (outputs) => console.log(JSON.stringify(outputs)),
    (error) => console.log(JSON.stringify({ error: String(error.message ?? error) })));
});
