// Starts the agents' program; if it cannot be fetched, says so and offers the way out.

document.getElementById("again").addEventListener("click", () => location.reload());

const wasm = new URL("desk_bg.wasm", import.meta.url);
Promise.all([import("./desk.js"), WebAssembly.compileStreaming(fetch(wasm))])
  .then(([glue, module_or_path]) => glue.default({ module_or_path }))
  .catch((fault) => {
    console.error(`nightbell: ${location.pathname}: ${fault}`);
    document.getElementById("broken")?.removeAttribute("hidden");
    document.getElementById("waiting")?.remove();
  });
