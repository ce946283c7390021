using Microsoft.Extensions.Options;

namespace McpEndpoint.Http;

internal sealed class McpOptionsValidator : IValidateOptions<McpOptions>
{
    private const int MaxNameLength = 100;

    public ValidateOptionsResult Validate(string? name, McpOptions options)
    {
        string[] problems =
        [
            .. LengthProblems("Mcp:ServerName", options.ServerName),
            .. LengthProblems("Mcp:ServerVersion", options.ServerVersion),
            .. options.AllowedOrigins.SelectMany((origin, index) => OriginProblems($"Mcp:AllowedOrigins:{index}", origin)),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> LengthProblems(string key, string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > MaxNameLength)
        {
            yield return $"{key}: must have 1 to {MaxNameLength} characters, but was '{value}'.";
        }
    }

    private static IEnumerable<string> OriginProblems(string key, string value)
    {
        var isOrigin = Uri.TryCreate(value, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && string.Equals(uri.GetLeftPart(UriPartial.Authority), value, StringComparison.OrdinalIgnoreCase);
        if (!isOrigin)
        {
            yield return $"{key}: must be an origin such as https://app.example (scheme, host, port; no path, no trailing slash), but was '{value}'.";
        }
    }
}
