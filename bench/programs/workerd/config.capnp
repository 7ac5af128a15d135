# One worker that may reach nothing: the service "internet" stands for every address, and none is allowed.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "skill.js", esModule = embed "skill.js")],
      compatibilityDate = "2026-01-01",
    )),
    (name = "internet", network = (allow = [])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
