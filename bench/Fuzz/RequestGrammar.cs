namespace Bench.Fuzz;

/// <summary>Chooses what is sent next: mostly requests that are right but for one or two places, because only those get far.</summary>
internal sealed class RequestGrammar(FuzzTarget target, Random random)
{
    private readonly OAuthGrammar _oauth = new(target, random);
    private readonly McpGrammar _mcp = new(target, random);
    private readonly PageGrammar _pages = new(target, random);
    private readonly RawOddities _raw = new(target, random);

    public FuzzRequest Next()
    {
        var request = random.Next(100) switch
        {
            < 34 => _mcp.Next(),
            < 70 => _oauth.Next(),
            < 86 => _pages.Next(),
            _ => _raw.Next(),
        };
        return random.Next(300) == 0 ? request with { Kind = "hangs up", HangsUp = true, Closes = true } : request;
    }
}
