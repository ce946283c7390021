namespace Bench.Load;

/// <summary>Advances grants: each client its own ones, in turn.</summary>
internal sealed class RefreshOperation(LoadTarget target) : Operation(target)
{
    public override async Task SendAsync(int number)
    {
        var grant = number % Target.Grants.Length;
        Target.Grants[grant] = await Target.Client.RefreshAsync(Target.Grants[grant].Refresh) ?? throw new InvalidOperationException("A live refresh token was refused.");
    }
}

/// <summary>Exchanges codes that a person has just allowed.</summary>
internal sealed class ExchangeOperation(LoadTarget target) : Operation(target)
{
    private Code[] _codes = [];

    public override async Task PrepareAsync(int requests) => _codes = await Target.AllowAsync(Target.Client, requests);

    public override async Task SendAsync(int number) =>
        _ = await Target.Client.ExchangeAsync(_codes[number]) ?? throw new InvalidOperationException("A fresh code was refused.");
}

/// <summary>Revokes live grants.</summary>
internal sealed class RevokeOperation(LoadTarget target) : Operation(target)
{
    private Tokens[] _tokens = [];

    public override async Task PrepareAsync(int requests) => _tokens = await Target.ConnectAsync(Target.Client, requests);

    public override Task SendAsync(int number) => Target.Client.RevokeAsync(_tokens[number].Refresh);
}

/// <summary>Revokes what is no token of this server: a refresh token with its letters in another order.</summary>
internal sealed class RevokeUnknownOperation(LoadTarget target) : Operation(target)
{
    private readonly string _token = string.Concat(target.Grants[0].Refresh.Reverse());

    public override Task SendAsync(int number) => Target.Client.RevokeAsync(_token);
}

/// <summary>Asks about access tokens of another client, as a resource server does.</summary>
internal sealed class IntrospectAccessOperation(LoadTarget target) : Operation(target)
{
    public override async Task SendAsync(int number)
    {
        if (!await Target.Api.IsActiveAsync(Target.Grants[number % Target.Grants.Length].Access))
        {
            throw new InvalidOperationException("A live access token was called inactive.");
        }
    }
}

/// <summary>Asks about a refresh token: only the client that holds it may.</summary>
internal sealed class IntrospectRefreshOperation(LoadTarget target) : Operation(target)
{
    private Tokens[] _own = [];

    public override async Task PrepareAsync(int requests)
    {
        if (_own is [])
        {
            _own = await Target.ConnectAsync(Target.Api, 16);
        }
    }

    public override async Task SendAsync(int number)
    {
        if (!await Target.Api.IsActiveAsync(_own[number % _own.Length].Refresh))
        {
            throw new InvalidOperationException("A live refresh token was called inactive.");
        }
    }
}
