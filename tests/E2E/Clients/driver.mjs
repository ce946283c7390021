import { createInterface } from "node:readline";
import { CallbackListener } from "./callback-listener.mjs";
import { Credentials } from "./credentials.mjs";

/**
 * Serves one MCP client over standard input and output, a JSON object a line: {id, command, ...arguments} is answered with
 * {id, result} or {id, error}. `open` builds the client from one SDK generation; everything that travels over HTTP is the SDK's doing.
 */
export async function serve(open) {
  const listener = await new CallbackListener().listen();
  const exchanges = [];
  const observe = async (url, init) => {
    const method = init?.method ?? "GET";
    const response = await fetch(url, init);
    exchanges.push({ method, url: String(url), status: response.status, challenge: response.headers.get("www-authenticate") });
    return response;
  };
  let credentials;
  let client;

  const commands = {
    async connect({ url, clientName }) {
      credentials ??= new Credentials(clientName, listener.redirectUrl);
      await client?.close();
      client = open(new URL(url), credentials, observe);
      return await client.connect();
    },
    listTools: async () => (await client.listTools()).tools.map((tool) => tool.name),
    callTool: ({ name, arguments: input }) => client.callTool({ name, arguments: input ?? {} }),
    /** The SDK's own authorization: refreshes when there is a refresh token, otherwise asks for the browser. */
    async authorize({ scope }) {
      return { outcome: await client.authorize(scope), authorizationUrl: credentials.authorizationUrl };
    },
    async finishAuthorization() {
      const answer = await listener.next();
      if (!credentials.expects(answer.get("state"))) throw new Error("The callback carries a state that this client did not send.");
      await client.finishAuthorization(answer);
      return Object.fromEntries(answer);
    },
    breakAccessToken: async () => credentials.breakAccessToken(),
    forgetTokens: async () => credentials.invalidateCredentials("tokens"),
    credentials: async () => ({
      redirectUrl: listener.redirectUrl,
      clientId: credentials.clientInformation()?.client_id,
      accessToken: credentials.tokens()?.access_token,
      refreshToken: credentials.tokens()?.refresh_token,
      scope: credentials.tokens()?.scope,
      expiresIn: credentials.tokens()?.expires_in,
    }),
    /** What has been exchanged since the last time it was asked for. */
    exchanges: async () => exchanges.splice(0),
  };

  const answer = (message) => process.stdout.write(JSON.stringify(message) + "\n");
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, command, ...input } = JSON.parse(line);
    commands[command](input).then(
      (result) => answer({ id, result: result ?? null }),
      (error) =>
        answer({
          id,
          error: {
            name: error.constructor.name,
            message: String(error.message),
            code: error.code ?? null,
            authorizationUrl: credentials?.authorizationUrl ?? null,
          },
        }),
    );
  }
  process.exit(0);
}
