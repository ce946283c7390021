namespace AuthCore.Users.Passwords;

/// <summary>A browser in which a person signed in before. The host keeps it there sealed, and gives a new one at every sign-in.</summary>
/// <param name="DeviceId">Random; attempts are counted by it.</param>
/// <param name="UserId">Who signed in.</param>
/// <param name="SecurityStamp">The person's stamp at that time: with another password or role the device is as unknown as any.</param>
public sealed record KnownDevice(string DeviceId, string UserId, string SecurityStamp)
{
    internal bool IsOf(AuthUser? user) => user is not null && user.Id == UserId && user.SecurityStamp == SecurityStamp;

    /// <summary>Nothing of it: a reader of a log must not learn it.</summary>
    public override string ToString() => nameof(KnownDevice);
}
