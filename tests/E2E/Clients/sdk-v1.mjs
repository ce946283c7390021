import { auth } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { serve } from "./driver.mjs";

/** @modelcontextprotocol/sdk: `initialize`, a notification, and a GET that asks for a stream in the background. */
function open(url, credentials, fetch) {
  let streamRefused;
  const backgroundDone = new Promise((resolve) => (streamRefused = resolve));
  const transport = new StreamableHTTPClientTransport(url, {
    authProvider: credentials,
    fetch: async (address, init) => {
      const response = await fetch(address, init);
      // 401 makes the transport authorize in the background, which ends in onerror; any other answer ends it here.
      if (init?.method === "GET" && String(address) === url.href && response.status !== 401) streamRefused();
      return response;
    },
  });
  const client = new Client({ name: credentials.clientName, version: "1.0.0" });
  client.onerror = () => streamRefused();
  return {
    async connect() {
      await client.connect(transport);
      await backgroundDone;
      return { server: client.getServerVersion(), protocolVersion: transport.protocolVersion };
    },
    listTools: () => client.listTools(),
    callTool: (call) => client.callTool(call),
    authorize: (scope) => auth(credentials, { serverUrl: url, scope, fetchFn: fetch }),
    async finishAuthorization(answer) {
      if (answer.has("error")) throw new Error(answer.get("error"));
      await transport.finishAuth(answer.get("code"));
    },
    close: () => client.close(),
  };
}

await serve(open);
