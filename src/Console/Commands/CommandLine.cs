using System.CommandLine;

namespace AdminConsole.Commands;

/// <summary>
/// What the binary does beside serving: <c>McpAuthConsole COMMAND ...</c>. Without a command it is the host, and its arguments are settings
/// (<c>--urls=...</c>).
/// </summary>
internal static class CommandLine
{
    private const int NotUnderstood = 2;
    private static readonly string[] Questions = ["--help", "-h", "-?", "/?", "--version"];

    /// <summary>A setting begins with a dash or a slash, or has an equals sign; a command has neither.</summary>
    public static bool IsCommand(string[] args) =>
        args is [var first, ..] && (Questions.Contains(first) || (first is not ['-' or '/', ..] && !first.Contains('=')));

    /// <returns>The exit code: 0 done, 1 refused or failed, 2 not understood.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Describe().Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync();
        }

        // The parser's own answer, what is wrong and then the usage, all to the error output.
        await parsed.InvokeAsync(new InvocationConfiguration { Output = Console.Error });
        return NotUnderstood;
    }

    private static RootCommand Describe() =>
        new("An OAuth 2.1 authorization server and console for MCP. Without a command it serves; settings are then given as --KEY=VALUE, see docs/configuration.md.")
        {
            UserCommands.Describe(),
            AuditCommands.Describe(),
        };
}
