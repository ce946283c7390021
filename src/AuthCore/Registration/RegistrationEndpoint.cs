using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AuthCore.Clients;
using AuthCore.Hooks;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Registration;

/// <summary>RFC 7591 §3: open to anybody, so that nothing a client says of itself is believed.</summary>
internal sealed class RegistrationEndpoint(
    ClientMetadataReader reader, UnusedRegistrationCap cap, IDecisionHooks hooks, IWriteLane lane)
{
    /// <summary>The most that one registration may cost, in bytes; real ones take some 600.</summary>
    private const int MaxSize = 4096;

    /// <summary>What a row has besides the client's own words: identifiers, secret, times, and its places in the indexes.</summary>
    private const int Overhead = 256;

    public static Task<IResult> HandleAsync(HttpContext context, RegistrationEndpoint endpoint) => endpoint.ParseAsync(context);

    private async Task<IResult> ParseAsync(HttpContext context)
    {
        var body = await RegistrationBody.ReadAsync(context.Request);
        return await body.Match(
            read => reader.Read(read.Object).Match(
                accepted => RegisterAsync(context, accepted.Metadata),
                refused => Task.FromResult<IResult>(refused.Error)),
            refused => Task.FromResult<IResult>(refused.Error));
    }

    private async Task<IResult> RegisterAsync(HttpContext context, ClientMetadata metadata)
    {
        OpaqueToken? secret = metadata.IsConfidential ? OpaqueToken.Create() : null;
        if (SizeOf(metadata) > MaxSize)
        {
            return OAuthError.InvalidClientMetadata($"The registration is too large: what is kept of it must not take more than {MaxSize} bytes.");
        }

        if (await hooks.DecideAsync(RegisteringClient.Of(metadata), context.RequestAborted) is Verdict.Refused)
        {
            return OAuthError.AccessDenied("The server does not allow this registration.");
        }

        var client = await lane.WriteAsync(unit => AddAsync(unit, metadata, secret), context.RequestAborted);
        return new OAuthJson<JsonObject>(Describe(client, metadata, secret), StatusCodes.Status201Created);
    }

    private async Task<Client> AddAsync(WriteUnit unit, ClientMetadata metadata, OpaqueToken? secret)
    {
        var client = new Client
        {
            // Hexadecimal, and so neither like the URL of a metadata document nor like a person's identifier.
            ClientId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Name = metadata.Name,
            NameHid = metadata.NameHid,
            Size = SizeOf(metadata),
            Origin = ClientOrigin.Dynamic,
            AuthMethod = metadata.AuthMethod,
            SecretHash = secret?.Hash().Value,
            RedirectUris = [.. metadata.RedirectUris],
            GrantTypes = [.. metadata.GrantTypes],
            Scope = metadata.Rest["scope"]?.GetValue<string>(),
            ApplicationType = metadata.ApplicationType,
            Metadata = metadata.Rest.ToJsonString(),
            CreatedAt = unit.Now,
            CreatedFrom = unit.Origin.Address,
        };
        await unit.InsertAsync(client);
        var (dropped, bytes) = await cap.MakeRoomAsync(unit, client);
        var inFlood = await RegistrationMinute.AddAsync(unit, dropped, bytes) > RegistrationReport.ToldOneByOne;
        unit.Record(new ClientRegistered(client.ClientId, client.Name, client.AuthMethod, inFlood));
        return client;
    }

    private static int SizeOf(ClientMetadata metadata) =>
        Overhead + Encoding.UTF8.GetByteCount(metadata.Name) + metadata.RedirectUris.Sum(uri => uri.Length + 3) + Encoding.UTF8.GetByteCount(metadata.Rest.ToJsonString());

    // RFC 7591 §3.2.1: everything that was registered, the defaults included.
    private static JsonObject Describe(Client client, ClientMetadata metadata, OpaqueToken? secret)
    {
        var answer = new JsonObject { ["client_id"] = client.ClientId, ["client_id_issued_at"] = client.CreatedAt.ToUnixTimeSeconds() };
        if (secret is { } issued)
        {
            answer["client_secret"] = issued.Reveal();
            answer["client_secret_expires_at"] = 0;
        }

        answer["client_name"] = metadata.Name;
        answer["redirect_uris"] = Array(metadata.RedirectUris);
        answer["grant_types"] = Array(metadata.GrantTypes);
        answer["response_types"] = Array(["code"]);
        answer["token_endpoint_auth_method"] = metadata.AuthMethod;
        answer["application_type"] = metadata.ApplicationType;
        foreach (var (name, value) in metadata.Rest)
        {
            answer[name] = value?.DeepClone();
        }

        return answer;
    }

    private static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
