using System.Text;
using AuthCore.Consent;

namespace AuthCore.Clients;

/// <summary>What can be said about a name that nobody has verified.</summary>
internal static class ClientNames
{
    /// <summary>Characters of a name that are shown.</summary>
    public const int MaxShown = 64;

    private static readonly string[] KnownBrands =
        ["claude", "anthropic", "chatgpt", "openai", "codex", "vs code", "vscode", "visual studio", "cursor", "github", "copilot", "gemini", "google", "microsoft", "slack", "notion"];

    /// <summary>Nothing speaks against a client that an administrator added.</summary>
    public static ConsentWarnings Warn(Client client)
    {
        if (client.Origin == ClientOrigin.Preregistered)
        {
            return ConsentWarnings.None;
        }

        var folded = Fold(client.Name);
        return (MixesScripts(client.Name) ? ConsentWarnings.MixedScripts : ConsentWarnings.None)
            | (KnownBrands.Any(brand => folded.Contains(Fold(brand), StringComparison.Ordinal)) ? ConsentWarnings.ClaimsKnownBrand : ConsentWarnings.None);
    }

    private static bool MixesScripts(string name) => name.EnumerateRunes().Select(ScriptOf).OfType<char>().Distinct().Count() > 1;

    /// <summary>The scripts that have letters which look like those of another.</summary>
    private static char? ScriptOf(Rune rune) => rune.Value switch
    {
        >= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= 0x00C0 and <= 0x024F => 'L',
        >= 0x0370 and <= 0x03FF or >= 0x1F00 and <= 0x1FFF => 'G',
        >= 0x0400 and <= 0x052F => 'C',
        >= 0x0530 and <= 0x058F => 'A',
        >= 0x13A0 and <= 0x13FF => 'K',
        _ => null,
    };

    private static string Fold(string name) =>
        new([.. name.Normalize(NormalizationForm.FormKD).ToLowerInvariant().Where(char.IsLetterOrDigit)]);
}
