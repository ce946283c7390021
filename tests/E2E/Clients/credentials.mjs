import { randomUUID } from "node:crypto";

/**
 * What one client program remembers, as the OAuthClientProvider that both SDK generations ask for. Everything lives in memory; nothing
 * here speaks HTTP.
 */
export class Credentials {
  #client;
  #tokens;
  #verifier;
  #discovery;
  #state;

  /** The address that the SDK wants the user's browser to open, once it has asked. */
  authorizationUrl;

  constructor(clientName, redirectUrl) {
    this.clientName = clientName;
    this.redirectUrl = redirectUrl;
  }

  get clientMetadata() {
    return {
      client_name: this.clientName,
      redirect_uris: [this.redirectUrl],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    };
  }

  state() {
    return (this.#state = randomUUID());
  }

  expects(state) {
    return this.#state !== undefined && state === this.#state;
  }

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client) {
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens) {
    this.#tokens = tokens;
    this.authorizationUrl = undefined;
  }

  redirectToAuthorization(url) {
    this.authorizationUrl = url.href;
  }

  saveCodeVerifier(verifier) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  saveDiscoveryState(discovery) {
    this.#discovery = discovery;
  }

  discoveryState() {
    return this.#discovery;
  }

  invalidateCredentials(scope) {
    if (scope === "all" || scope === "client") this.#client = undefined;
    if (scope === "all" || scope === "tokens") this.#tokens = undefined;
    if (scope === "all" || scope === "verifier") this.#verifier = undefined;
    if (scope === "all" || scope === "discovery") this.#discovery = undefined;
  }

  /** Leaves the refresh token as it is and breaks the access token, as its expiry would: the next request is refused and the SDK has to refresh. */
  breakAccessToken() {
    this.#tokens = { ...this.#tokens, access_token: "broken" };
  }
}
