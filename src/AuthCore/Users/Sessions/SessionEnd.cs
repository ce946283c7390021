namespace AuthCore.Users.Sessions;

/// <summary>Why a browser session ended.</summary>
public enum SessionEnd
{
    /// <summary>Its person signed out in it.</summary>
    SignedOut,

    /// <summary>Its person ended it from another session of theirs.</summary>
    User,

    /// <summary>An operator ended it in the console.</summary>
    Operator,

    /// <summary>A person signed in in the same browser.</summary>
    Replaced,

    /// <summary>Its person had more sessions than <see cref="BrowserSessionOptions.PerPerson"/>, and used this one least recently.</summary>
    TooMany,

    /// <summary>Its person changed their password.</summary>
    PasswordChanged,

    /// <summary>Its person got another role.</summary>
    RoleChanged,

    /// <summary>Its person was disabled.</summary>
    UserDisabled,

    /// <summary>Its person's account is not what it was at the sign-in.</summary>
    AccountChanged,

    /// <summary>It was not used for <see cref="BrowserSessionOptions.IdleTimeout"/>.</summary>
    Idle,

    /// <summary>It reached <see cref="BrowserSessionOptions.Lifetime"/>.</summary>
    LifetimeOver,
}
