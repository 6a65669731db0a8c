// The worker's entry. Where the edge unwinds, a panic has become an `Err` before it gets here; where it cannot, and
// after a trap (an abort, a stack that is too deep, memory that is out), the whole instance is lost. Whatever was
// in flight would then never be answered: here it is rejected at once, the instance is made anew, and so is every
// Durable Object's wrapper, because its pointer belongs to the lost instance.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as edge from "./edge.js";

const instance = edge.__worker_init_state();
const inFlight = new Set();

let lost = false;
Object.defineProperty(instance, "criticalError", {
  get: () => lost,
  set: (value) => {
    if (!value || lost) return;
    lost = true;
    // What ended it is still on the stack: let it unwind through JavaScript first.
    queueMicrotask(replace);
  },
});

addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) instance.criticalError = true;
});

function replace() {
  if (!lost) return;
  edge.__wbg_reset_state();
  instance.instanceId += 1;
  lost = false;
  for (const reject of inFlight) reject(new Error("the instance was lost"));
  inFlight.clear();
}

// Calls into the instance; the promise is kept until it settles, so that a loss can reject it.
function call(step) {
  replace();
  return new Promise((resolve, reject) => {
    inFlight.add(reject);
    const settle = (how) => (value) => {
      inFlight.delete(reject);
      how(value);
    };
    const fail = (error) => {
      if (error instanceof WebAssembly.RuntimeError) instance.criticalError = true;
      settle(reject)(error);
    };
    try {
      Promise.resolve(step()).then(settle(resolve), fail);
    } catch (error) {
      fail(error);
    }
  });
}

export default class extends WorkerEntrypoint {
  fetch(request) {
    return call(() => edge.fetch.call(this, request, this.env, this.ctx));
  }

  scheduled(event) {
    return call(() => edge.scheduled.call(this, event, this.env, this.ctx));
  }
}

const durable = (Class) =>
  class {
    constructor(state, env) {
      this.make = () => {
        this.object = new Class(state, env);
        this.madeIn = instance.instanceId;
      };
      this.make();
    }

    living() {
      if (this.madeIn !== instance.instanceId) this.make();
      return this.object;
    }

    fetch(request) {
      return call(() => this.living().fetch(request));
    }

    alarm(info) {
      return call(() => this.living().alarm(info));
    }

    webSocketMessage(socket, message) {
      return call(() => this.living().webSocketMessage(socket, message));
    }

    webSocketClose(socket, code, reason, wasClean) {
      return call(() => this.living().webSocketClose(socket, code, reason, wasClean));
    }

    webSocketError(socket, error) {
      return call(() => this.living().webSocketError(socket, error));
    }
  };

export const TicketObject = durable(edge.TicketObject);
export const DeskObject = durable(edge.DeskObject);
export const AccessObject = durable(edge.AccessObject);
export const CustomerObject = durable(edge.CustomerObject);
