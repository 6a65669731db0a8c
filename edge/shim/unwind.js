// The worker's entry where the edge unwinds: a panic has become an `Err` before it gets here. What remains
// is the loss of the whole instance (memory, stack): wasm-bindgen then makes a new one at the next call,
// and every Durable Object's wrapper must be made anew, because its pointer belongs to the lost one.
import { WorkerEntrypoint } from "cloudflare:workers";
import * as edge from "./edge.js";

const instance = edge.__worker_init_state();

export default class extends WorkerEntrypoint {
  fetch(request) {
    return edge.fetch.call(this, request, this.env, this.ctx);
  }

  scheduled(event) {
    return edge.scheduled.call(this, event, this.env, this.ctx);
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
      return this.living().fetch(request);
    }

    alarm(info) {
      return this.living().alarm(info);
    }

    webSocketMessage(socket, message) {
      return this.living().webSocketMessage(socket, message);
    }

    webSocketClose(socket, code, reason, wasClean) {
      return this.living().webSocketClose(socket, code, reason, wasClean);
    }

    webSocketError(socket, error) {
      return this.living().webSocketError(socket, error);
    }
  };

export const TicketObject = durable(edge.TicketObject);
export const DeskObject = durable(edge.DeskObject);
export const AccessObject = durable(edge.AccessObject);
export const CustomerObject = durable(edge.CustomerObject);
