using System.Collections;
using System.Globalization;
using System.Reflection;
using AuthCore;
using AuthCore.Audit;
using AuthCore.Storage.Facts;
using FsCheck;
using FsCheck.Fluent;
using McpEndpoint;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Storage;

/// <summary>What is stored for ever is read back as it was said.</summary>
public sealed class FactRoundTripTests
{
    private readonly FactCatalog _catalog = new([new FactAssembly(typeof(AuthCoreServices).Assembly), new FactAssembly(typeof(McpEndpointServices).Assembly)]);

    [Fact]
    public void Every_kept_fact_is_read_back_as_it_was_written() =>
        Prop.ForAll(MadeFacts.Kept.ToArbitrary(), fact => Said(_catalog.Read(Stored(fact))) == Said(fact)).Check(samples: 500, size: 40);

    [Fact]
    public void The_property_is_not_about_nothing() => MadeFacts.KeptKinds.Count.ShouldBeGreaterThan(20);

    [Fact]
    public void What_no_longer_reads_as_its_kind_is_no_fact()
    {
        Fact fact = new AuditEndAccepted("abcd1234", 4, 2);
        _catalog.Read(Stored(fact) with { Data = """{"Number":"many"}""" }).ShouldBeNull();
        _catalog.Read(Stored(fact) with { Name = "no.such" }).ShouldBeNull();
    }

    private static Line Stored(Fact fact) => new(fact.Name, new RecordedFact(fact, DateTimeOffset.UnixEpoch, FactOrigin.Host).Data);

    /// <summary>Kind, actor, subject and every member; lists by what is in them.</summary>
    private static string Said(Fact? fact) => fact is null ? "nothing" : string.Join('\n', fact.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}={Value(member.GetValue(fact))}").Prepend(fact.GetType().FullName!));

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        IEnumerable many => $"[{string.Join(',', many.Cast<object?>().Select(Value))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private sealed record Line(string Name, string? Data)
    {
        public static implicit operator StoredFact(Line line) => new()
        {
            Sequence = 1,
            Writer = "abcd1234",
            Number = 1,
            At = DateTimeOffset.UnixEpoch,
            Name = line.Name,
            Actor = "",
            Subject = "",
            Data = line.Data,
            Hash = [],
        };
    }
}
