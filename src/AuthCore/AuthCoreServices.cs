using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Consent;
using AuthCore.Database;
using AuthCore.Database.Sqlite;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.Hosting;
using AuthCore.Http;
using AuthCore.Introspection;
using AuthCore.Keys;
using AuthCore.Metadata;
using AuthCore.RateLimits;
using AuthCore.Registration;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Telemetry;
using AuthCore.Token;
using AuthCore.Users;
using AuthCore.Users.Passwords;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TokenOptions = AuthCore.Grants.TokenOptions;

namespace AuthCore;

/// <summary>Adds the authorization server to a host.</summary>
public static class AuthCoreServices
{
    private const int LongestTicketLine = 32 * 1024;

    /// <summary>
    /// Adds the authorization server: its storage, its endpoints' parts, ASP.NET Identity for its people, and its rate limits. The host brings login and
    /// consent pages and an authentication cookie under <see cref="IdentityConstants.ApplicationScheme"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The root of the configuration; see the documentation of each options type for its section.</param>
    public static IServiceCollection AddAuthCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddSingleton<PublicOrigin>().AddSingleton<ScopeCatalog>();
        return services
            .AddOptionsOf(configuration)
            .AddStorage()
            .AddKeys()
            .AddPeople()
            .AddBrowserSessions(configuration)
            .AddClients()
            .AddProtocol();
    }

    private static IServiceCollection AddOptionsOf(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<AuthCoreOptions>, AuthCoreOptionsValidator>();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.AddSingleton<IValidateOptions<TokenOptions>, TokenOptionsValidator>();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        services.AddOptions<AuthCoreOptions>().Bind(configuration).ValidateOnStart();
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section))
            .Configure(options => options.ConnectionString ??= configuration.GetConnectionString("AuthCore"))
            .ValidateOnStart();
        services.AddOptions<TokenOptions>().Bind(configuration.GetSection(TokenOptions.Section)).ValidateOnStart();
        services.AddOptions<RateLimitOptions>().Bind(configuration.GetSection(RateLimitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RegistrationOptions>, RegistrationOptionsValidator>();
        services.AddSingleton<IValidateOptions<PreregisteredClientOptions>, PreregisteredClientOptionsValidator>();
        services.AddOptions<RegistrationOptions>().Bind(configuration.GetSection(RegistrationOptions.Section)).ValidateOnStart();
        services.AddOptions<PreregisteredClientOptions>().Configure(options => configuration.GetSection(PreregisteredClientOptions.Section).Bind(options.Clients)).ValidateOnStart();
        services.AddOptions<KeyOptions>().Bind(configuration.GetSection(KeyOptions.Section));
        services.AddSingleton<IValidateOptions<SetupOptions>, SetupOptionsValidator>();
        services.AddOptions<SetupOptions>().Bind(configuration.GetSection(SetupOptions.Section)).ValidateOnStart();
        return services;
    }

    private static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<AuthCoreMeter>();
        services.AddSingleton<DataDirectory>().AddSqlite();
        services.AddSingleton<ChangeFeed>().AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddSingleton<AuditHeads>().AddSingleton<AuditVerifier>().AddSingleton<FactCatalog>().AddSingleton<FactReader>().AddFactsOf(typeof(AuthCoreServices).Assembly);
        services.AddSingleton<AuditChain>().AddSingleton<IFactStore>(provider => provider.GetRequiredService<AuditChain>()).AddSingleton<IAuditTrail, AuditDirectory>();
        services.AddFactProjections();
        services.AddSingleton<ICleanup, StaleLiveness>().AddSingleton<ICleanup, StaleTelemetry>();
        services.AddSingleton(StaleCodes.Of).AddSingleton<ICleanup, StaleLineage>().AddSingleton<ICleanup, StaleFamilies>().AddSingleton(ConsentTables.Stale);
        services.AddSingleton<AuditWatch>().AddHostedService(provider => provider.GetRequiredService<AuditWatch>());
        services.AddSingleton<Cleaner>().AddHostedService(provider => provider.GetRequiredService<Cleaner>());
        services.AddHealthChecks().AddCheck<StorageHealth>("storage");
        return services;
    }

    /// <summary>What follows from facts, in the order in which it follows: first what refuses, then what shows, then what tells, and last the host's own hooks.</summary>
    private static void AddFactProjections(this IServiceCollection services)
    {
        services.AddSingleton<IFactProjection>(provider => provider.GetRequiredService<LivenessSet>());
        services.AddSingleton<IFactProjection>(provider => provider.GetRequiredService<ClientStore>());
        services.AddSingleton<IFactProjection>(provider => provider.GetRequiredService<LiveSessions>());
        services.AddSingleton<UnprovenFamilies>().AddSingleton<IFactProjection>(provider => provider.GetRequiredService<UnprovenFamilies>());
        services.AddSingleton<IStorageParticipant>(provider => provider.GetRequiredService<UnprovenFamilies>()).AddSingleton<ICleanup>(provider => provider.GetRequiredService<UnprovenFamilies>());
        services.AddSingleton<RemainingSignal>().AddSingleton<IFactProjection>(provider => provider.GetRequiredService<RemainingSignal>());
        services.AddSingleton<IFactProjection, ChangeFeedProjection>();
        services.AddSingleton<IFactProjection, GrantLog>().AddSingleton<IFactProjection, RegistrationLog>().AddSingleton<IFactProjection, ConsentLog>().AddSingleton<IFactProjection, UserLog>();
        services.AddHooks().AddSingleton<IFactProjection>(provider => provider.GetRequiredService<FactQueue>());
    }

    private static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddSingleton<MasterKey>().AddSingleton<KeyRing>().AddSingleton<DataProtectionStore>();
        services.AddDataProtection().SetApplicationName("McpAuthConsole");
        return services.AddSingleton<IConfigureOptions<KeyManagementOptions>, DataProtectionSetup>();
    }

    private static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.TryAddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddIdentityCore<AuthUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.Password.RequiredLength = 12;
                identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 5;
                identity.Lockout.MaxFailedAccessAttempts = 10;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
                identity.Lockout.AllowedForNewUsers = true;
            })
            .AddRoles<IdentityRole>()
            .AddSqliteStores()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddSingleton<HashingQueue>().AddSingleton<PasswordHashes>().AddSingleton<SignInAttempts>().AddSingleton<PasswordVerification>();
        services.AddSingleton<IPasswordSignIn, PasswordSignIn>().AddSingleton<IPasswordChange, PasswordChange>();
        services.AddSingleton<RecentRefusals>().AddSingleton<OperatorGate>().AddSingleton<NewUsers>().AddSingleton<WrongSetupCodes>().AddSingleton<IUserDirectory, UserDirectory>();
        return services.AddSingleton<FirstRun>().AddSingleton<IFirstRun>(provider => provider.GetRequiredService<FirstRun>());
    }

    private static IServiceCollection AddClients(this IServiceCollection services)
    {
        services.AddSingleton<ClientStore>().AddSingleton<ClientAuthentication>().AddSingleton<FailedClientAuthentications>();
        services.AddSingleton<ClientMetadataReader>().AddSingleton<RegistrationEndpoint>().AddSingleton<ICleanup, UnusedRegistrations>();
        services.AddSingleton<ClientNames>().AddSingleton<UnusedRegistrationCap>().AddSingleton<IFactProjection>(provider => provider.GetRequiredService<UnusedRegistrationCap>()).AddHostedService<RegistrationReport>();
        services.AddSingleton<IStorageParticipant, PreregisteredClients>();
        return services.AddSingleton<IClientDirectory, ClientDirectory>();
    }

    private static IServiceCollection AddProtocol(this IServiceCollection services)
    {
        // A ticket carries the request with a state of up to 4 KiB, sealed, through the browser's address.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestLineSize = Math.Max(kestrel.Limits.MaxRequestLineSize, LongestTicketLine));
        services.AddSingleton<AuthorizeTickets>().AddSingleton<AuthorizationResponse>().AddSingleton<AuthorizeEndpoint>();
        services.AddSingleton<ErrorAnswers>().AddSingleton<PendingAuthorizations>();
        services.AddSingleton<IConsentInteraction, ConsentInteraction>().AddSingleton<ConsentDecisions>().AddSingleton<CodeDelivery>();
        services.AddSingleton<AccessTokenIssuer>().AddSingleton<RefreshTokenDeriver>();
        services.AddSingleton<ITokenFamilyDirectory, TokenFamilyDirectory>();
        services.AddSingleton<Supersession>().AddSingleton<RemainingFamilies>().AddHostedService<RemainingRevocation>();
        services.AddSingleton<IGrant, AuthorizationCodeGrant>().AddSingleton<IGrant, RefreshTokenGrant>().AddSingleton<TokenVeto>().AddSingleton<TokenEndpoint>();
        services.AddSingleton<RevocationEndpoint>().AddSingleton<IntrospectionEndpoint>().AddSingleton<AuthorizationServerMetadataEndpoint>().AddSingleton<JwksEndpoint>();
        services.AddSingleton<RefreshTokenLookup>().AddSingleton<AccessTokenLookup>();
        services.AddSingleton<IRevocationService, RevocationService>();
        services.AddSingleton<LivenessSet>().AddSingleton<PendingStepUps>().AddSingleton<IAccessTokenValidator, AccessTokenValidator>();
        services.AddSingleton<LiftedPartitions>().AddSingleton<IConfigureOptions<RateLimiterOptions>, EndpointRateLimits>();
        services.AddSingleton<IRateLimitDirectory, RateLimitDirectory>();
        services.AddRateLimiter(_ => { });
        return services.AddCors(cors => cors.AddPolicy(ProtocolCors.PolicyName, ProtocolCors.Build));
    }
}
