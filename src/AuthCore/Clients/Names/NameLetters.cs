using System.Text;
using AuthCore.Protocol;

namespace AuthCore.Clients.Names;

/// <summary>A name without what stands between its letters, so that "V S Code" and "vs-code" are the same; it remembers where words begin.</summary>
internal sealed class NameLetters
{
    private readonly StringBuilder _letters = new();
    private readonly List<bool> _wordBegins = [];
    private readonly List<bool> _followsGap = [];

    private NameLetters()
    {
    }

    public int Length => _letters.Length;

    /// <summary>As it is spelled, in lower case.</summary>
    public static NameLetters Spelled(string name) =>
        Read(name, rune => Rune.IsLetterOrDigit(rune) ? Rune.ToLowerInvariant(rune).ToString() : null);

    /// <summary>As it looks: the skeleton of Unicode Technical Standard 39 §4, with case folded and accents dropped.</summary>
    public static NameLetters Seen(string name) => Read(name.Normalize(NormalizationForm.FormKD), Look);

    /// <summary>Whether it is the other name and nothing else.</summary>
    public bool Is(NameLetters other) => _letters.Equals(other._letters);

    /// <summary>Whether the other name stands in this one: within a word, or over several when it begins where a word does ("Encode XML" has no "Codex" in it).</summary>
    public bool Has(NameLetters other)
    {
        var (text, wanted) = (_letters.ToString(), other._letters.ToString());
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            if (_wordBegins[at] || !_followsGap.GetRange(at + 1, wanted.Length - 1).Contains(true))
            {
                return true;
            }
        }

        return false;
    }

    public override string ToString() => _letters.ToString();

    private static NameLetters Read(string name, Func<Rune, string?> read)
    {
        var letters = new NameLetters();
        var (gap, small) = (true, false);
        foreach (var rune in name.EnumerateRunes().Where(rune => UntrustedText.IsSeen(rune) && !UntrustedText.IsMark(rune)))
        {
            if (read(rune) is not { Length: > 0 } text)
            {
                gap = true;
                continue;
            }

            letters.Append(text, begins: gap || (small && Rune.IsUpper(rune)), gap);
            (gap, small) = (false, Rune.IsLower(rune));
        }

        return letters;
    }

    private static string? Look(Rune rune)
    {
        var text = Confusables.Of(rune) ?? (Rune.IsLetterOrDigit(rune) || rune.Value is '|' or '!' or '@' or '$' ? Rune.ToLowerInvariant(rune).ToString() : null);
        return text is null ? null : string.Concat(text.Select(Merge));
    }

    // What cannot be told apart in most typefaces, and the digits and signs that are written for letters.
    private static string Merge(char c) => c switch
    {
        '0' => "o",
        '1' or 'i' or '|' or '!' => "l",
        'm' => "rn",
        'w' => "vv",
        'd' => "cl",
        '3' => "e",
        '4' or '@' => "a",
        '5' or '$' => "s",
        '7' => "t",
        _ => c.ToString(),
    };

    private void Append(string text, bool begins, bool gap)
    {
        for (var i = 0; i < text.Length; i++)
        {
            _letters.Append(text[i]);
            _wordBegins.Add(begins && i == 0);
            _followsGap.Add(gap && i == 0);
        }
    }
}
