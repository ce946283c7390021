import { auth, Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { serve } from "./driver.mjs";

/** @modelcontextprotocol/client pinned to the stateless revision: no `initialize`, no session. */
function open(url, credentials, fetch) {
  const transport = new StreamableHTTPClientTransport(url, { authProvider: credentials, fetch });
  const client = new Client(
    { name: credentials.clientName, version: "1.0.0" },
    { versionNegotiation: { mode: { pin: "2026-07-28" } } },
  );
  return {
    async connect() {
      await client.connect(transport);
      return { server: client.getServerVersion(), protocolVersion: client.getNegotiatedProtocolVersion() };
    },
    listTools: () => client.listTools(),
    callTool: (call) => client.callTool(call),
    authorize: (scope) => auth(credentials, { serverUrl: url, scope, fetchFn: fetch }),
    // The whole answer, so that the SDK checks `iss` (RFC 9207).
    finishAuthorization: (answer) => transport.finishAuth(answer),
    close: () => client.close(),
  };
}

await serve(open);
