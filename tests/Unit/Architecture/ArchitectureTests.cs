using System.Reflection;
using System.Runtime.CompilerServices;
using AuthCore;
using McpEndpoint;
using Microsoft.EntityFrameworkCore;
using UnitTests.TestKit;

namespace UnitTests.Architecture;

/// <summary>Keeps the house: which way dependencies point, who may see what, and how much a file may hold.</summary>
public sealed class ArchitectureTests
{
    /// <summary>Not product: the tests, and the harness that measures it.</summary>
    private static readonly string[] Friends = ["McpAuthConsole.UnitTests", "McpAuthConsole.Bench"];

    private static readonly Assembly AuthCorePart = typeof(AuthCoreServices).Assembly;
    private static readonly Assembly McpEndpointPart = typeof(McpEndpointServices).Assembly;
    private static readonly Assembly ConsolePart = typeof(AdminConsole.Security.LocalPath).Assembly;

    [Fact]
    public void AuthCore_references_no_other_part() => ReferencesOf(AuthCorePart).ShouldBeEmpty();

    [Fact]
    public void McpEndpoint_references_AuthCore_alone() => ReferencesOf(McpEndpointPart).ShouldBe([AuthCorePart]);

    [Fact]
    public void The_parts_see_of_each_other_what_is_public_and_nothing_else()
    {
        foreach (var part in new[] { AuthCorePart, McpEndpointPart, ConsolePart })
        {
            part.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName).ShouldBeSubsetOf(Friends, part.FullName);
        }
    }

    [Fact]
    public void No_page_touches_a_database() => ConsolePart.GetTypes()
        .Where(type => MembersOf(type, BindingFlags.Public | BindingFlags.NonPublic).Any(IsDatabase))
        .ShouldBeEmpty("a page calls a directory, which asks for the operator's role again");

    [Fact]
    public void Nothing_public_hands_out_a_database() => AuthCorePart.GetExportedTypes()
        .Where(type => typeof(DbContext).IsAssignableFrom(type) || MembersOf(type, BindingFlags.Public).Any(IsDatabase))
        .ShouldBeEmpty();

    [Fact]
    public void A_file_tells_one_story_in_a_screen_or_two()
    {
        var sizes = Repository.Sources.Select(source => (Lines: File.ReadLines(Path.Combine(Repository.Root, source)).Count(), Source: source)).OrderBy(size => size.Lines).ToArray();
        sizes[sizes.Length / 2].Lines.ShouldBeLessThanOrEqualTo(55);
        sizes[sizes.Length * 95 / 100].Lines.ShouldBeLessThan(220, string.Join(", ", sizes[^5..].Select(size => $"{size.Source} {size.Lines}")));
    }

    [Fact]
    public void Program_is_short() => File.ReadLines(Path.Combine(Repository.Root, "src/Console/Program.cs")).Count().ShouldBeLessThanOrEqualTo(30);

    [Fact]
    public void Folders_are_features()
    {
        string[] drawers = ["Services", "Helpers", "Models", "Interfaces", "Utils", "Common"];
        Repository.Sources.Where(source => source.Split('/').Intersect(drawers).Any()).ShouldBeEmpty();
    }

    private static IEnumerable<Assembly> ReferencesOf(Assembly part)
    {
        var referenced = part.GetReferencedAssemblies().Select(name => name.Name).ToHashSet();
        return new[] { AuthCorePart, McpEndpointPart, ConsolePart }.Where(other => referenced.Contains(other.GetName().Name));
    }

    private static IEnumerable<Type> MembersOf(Type type, BindingFlags visible)
    {
        var all = BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly | visible;
        return type.GetFields(all).Select(field => field.FieldType)
            .Concat(type.GetProperties(all).Select(property => property.PropertyType))
            .Concat(type.GetConstructors(all).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetMethods(all).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)));
    }

    private static bool IsDatabase(Type type) =>
        typeof(DbContext).IsAssignableFrom(type) || type.Name.StartsWith("IDbContextFactory", StringComparison.Ordinal) || type.Name.StartsWith("DbSet", StringComparison.Ordinal);
}
