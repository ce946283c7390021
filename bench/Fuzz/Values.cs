using System.Text;

namespace Bench.Fuzz;

/// <summary>Values that have broken servers before.</summary>
internal static class Values
{
    private static readonly string[] Nasty =
    [
        "", " ", "\0", "\u001b[2J", "\r\nfail: forged[1]", "\u2028", "\u202egnp.exe", "\ud800", "\ufeff", "ᅠㅤ⠀", "a\u0301\u0301\u0301\u0301", "💥", "İ", "ß",
        "-1", "0", "1e309", "9223372036854775808", "NaN", "null", "true", "[]", "{}", "{\"a\":", "'", "\"", "' OR 1=1 --", "%", "%00", "%zz", "%c0%ae", "..", "../../etc/passwd",
        "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "//evil.example", "https://evil.example/", "javascript:alert(1)", "http://[::1", "http://127.0.0.1:99999/", "http://a..b/",
        "A", "é", "\t", "\n", ";", "&", "=", "+", "#", "?", "a=b&a=b", "Bearer", "Basic", "Basic !!!!", "Basic OjpdOg==", "eyJhbGciOiJub25lIn0.e30.",
    ];

    /// <summary>A value that an attacker could send on purpose; long now and then.</summary>
    public static string Any(Random random) => random.Next(40) switch
    {
        0 => Long(random, 70_000),
        < 4 => Long(random, 3000),
        < 12 => Noise(random, 40),
        < 14 => Nasty[random.Next(Nasty.Length)] + Nasty[random.Next(Nasty.Length)],
        _ => Nasty[random.Next(Nasty.Length)],
    };

    /// <summary>The value, or one that is a little or wholly different.</summary>
    public static string Bend(string value, Random random) => random.Next(6) switch
    {
        0 when value.Length > 0 => value[..random.Next(value.Length)],
        1 when value.Length > 0 => Flip(value, random),
        2 => value + Any(random),
        3 => value.ToUpperInvariant(),
        _ => Any(random),
    };

    /// <summary>As JSON, of any type.</summary>
    public static string AnyJson(Random random, int depth = 0) => random.Next(depth > 3 ? 8 : 13) switch
    {
        0 => "null",
        1 => "true",
        2 => "-1",
        3 => "1e999",
        4 => "123456789012345678901234567890",
        5 => "0.1",
        < 8 => Quote(Any(random)),
        8 => "[]",
        9 => "{}",
        10 => $"[{AnyJson(random, depth + 1)},{AnyJson(random, depth + 1)}]",
        11 => $"{{{Quote(Any(random))}:{AnyJson(random, depth + 1)}}}",
        _ => new string('[', random.Next(1, 90)),
    };

    /// <summary>A JSON string; now and then one that is not escaped as it should be.</summary>
    public static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\u001b", "\\u001b", StringComparison.Ordinal).Replace("\0", "\\u0000", StringComparison.Ordinal)}\"";

    public static byte[] Bytes(Random random, int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Long(Random random, int most) => new((char)random.Next('A', 'z'), random.Next(most));

    private static string Noise(Random random, int most) => Encoding.Latin1.GetString(Bytes(random, most));

    private static string Flip(string value, Random random)
    {
        var signs = value.ToCharArray();
        signs[random.Next(signs.Length)] = (char)random.Next(1, 256);
        return new string(signs);
    }
}
