using System.Text;

namespace Bench.Fuzz;

/// <summary>Named values on their way into a query, a form or headers, to be bent before they go.</summary>
internal sealed class Fields(Random random) : List<(string Name, string Value)>
{
    public Fields With(string name, string value)
    {
        Add((name, value));
        return this;
    }

    /// <summary>Leaves out, repeats, bends or invents, once in most cases.</summary>
    public Fields Bent()
    {
        for (var times = random.Next(8) switch { 0 => 0, < 6 => 1, _ => 3 }; times > 0; times--)
        {
            var at = Count == 0 ? 0 : random.Next(Count);
            switch (random.Next(Count == 0 ? 1 : 6))
            {
                case 0:
                    Add((Values.Any(random), Values.Any(random)));
                    break;
                case 1:
                    RemoveAt(at);
                    break;
                case 2:
                    Add(this[at]);
                    break;
                default:
                    this[at] = (this[at].Name, Values.Bend(this[at].Value, random));
                    break;
            }
        }

        return this;
    }

    /// <summary>Percent-encoded; now and then one value is not.</summary>
    public string Encoded() => string.Join('&', this.Select(field => $"{Encode(field.Name)}={(random.Next(60) == 0 ? Plain(field.Value) : Encode(field.Value))}"));

    private static string Encode(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(octet =>
        char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' ? ((char)octet).ToString() : $"%{octet:X2}"));

    /// <summary>As it is, but for what would end the request line.</summary>
    private static string Plain(string value) => value.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace(" ", "+", StringComparison.Ordinal);
}
