using System.Reflection;
using System.Text.Json.Serialization;

namespace AuthCore.Storage.Facts;

/// <summary>
/// Something that happened, said once by the unit of work that did it (<see cref="WriteUnit.Record(Fact)"/>). The audit trail, liveness, open pages, metrics, the log and
/// hooks follow from it; no feature tells them itself. A fact is a sealed record beside its feature and holds identifiers, codes and numbers: no secret, and no sentence for people.
/// </summary>
public abstract record Fact
{
    /// <summary>Its kind, from <see cref="FactNameAttribute"/>.</summary>
    [JsonIgnore]
    public string Name => FactNameAttribute.Of(GetType());

    /// <summary>Who did it: a user identifier, a client identifier, or <c>system</c>, <c>configuration</c>, <c>command-line</c>, <c>anonymous</c>.</summary>
    [JsonIgnore]
    public abstract string Actor { get; }

    /// <summary>What it was done to.</summary>
    [JsonIgnore]
    public abstract string Subject { get; }

    /// <summary>Which open pages show what it changed.</summary>
    [JsonIgnore]
    public virtual ChangeTopics Topics => ChangeTopics.None;

    /// <summary>Whether it is stored with its commit and shown in the audit trail. What is not is for this process and this second only.</summary>
    [JsonIgnore]
    public virtual bool IsKept => true;
}

/// <summary>The name of a kind of fact, as <c>noun.verb</c>. Stored rows are read by it: it never changes and is never used again for something else.</summary>
/// <param name="name">For example <c>family.revoked</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FactNameAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    internal string Name { get; } = name;

    /// <summary>The name of a kind of fact.</summary>
    /// <exception cref="InvalidOperationException">The type has none.</exception>
    internal static string Of(Type fact) => fact.GetCustomAttribute<FactNameAttribute>()?.Name ?? throw new InvalidOperationException($"{fact} has no FactName.");
}

/// <summary>Where a unit of work was asked for: taken when it is queued, because there is no request inside the lane.</summary>
/// <param name="Address">The connection's address; null where no request asked.</param>
/// <param name="CorrelationId">The request's name in the log and on error pages.</param>
public sealed record FactOrigin(string? Address, string? CorrelationId)
{
    /// <summary>No request asked for it.</summary>
    public static FactOrigin Host { get; } = new(null, null);
}

/// <summary>A fact as a unit recorded it.</summary>
/// <param name="Fact">What happened.</param>
/// <param name="At">The time of its unit.</param>
/// <param name="Origin">Where it was asked for.</param>
public sealed record RecordedFact(Fact Fact, DateTimeOffset At, FactOrigin Origin)
{
    /// <summary>As it is stored; null for what is not kept. Written when it is recorded, so that a fact that cannot be written is its own unit's trouble.</summary>
    internal string? Data { get; } = Fact.IsKept ? FactJson.Write(Fact) : null;
}
