namespace AuthCore.Hooks;

/// <summary>Something that is about to be done and can still be refused: nothing was written or spent for it yet. Each kind is a record beside its feature.</summary>
public abstract record Decision
{
    /// <summary>Which kind, as the log and the audit trail call it.</summary>
    public abstract string Kind { get; }

    /// <summary>What it is about: a client identifier, a tool.</summary>
    public abstract string Subject { get; }

    /// <summary>The client that asks; null when it has no identifier yet, or none is known.</summary>
    public virtual string? Client => null;

    /// <summary>The person in whose name it is asked; null when there is none, or they are not known yet.</summary>
    public virtual string? User => null;
}

/// <summary>What a hook thinks of a decision.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Go on.</summary>
    public static Verdict Allow { get; } = new Allowed();

    /// <summary>Do not.</summary>
    /// <inheritdoc cref="Refused"/>
    public static Verdict Refuse(string reason) => new Refused(reason);

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Allowed, T> allowed, Func<Refused, T> refused);

    /// <summary>This hook has nothing against it; the next one is asked.</summary>
    public sealed record Allowed : Verdict
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Allowed, T> allowed, Func<Refused, T> refused) => allowed(this);
    }

    /// <summary>It is not done, and no other hook is asked.</summary>
    /// <param name="Reason">A code for the operator, in log and audit trail, at most 100 characters: no secret, and no sentence for the client, which never hears it.</param>
    public sealed record Refused(string Reason) : Verdict
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Allowed, T> allowed, Func<Refused, T> refused) => refused(this);
    }
}
