using System.Reflection;
using AuthCore;
using AuthCore.Storage.Facts;
using FsCheck;
using FsCheck.Fluent;
using McpEndpoint;

namespace UnitTests.TestKit;

/// <summary>Every kind of fact of the host, and facts of each kind with whatever in them.</summary>
internal static class MadeFacts
{
    private static readonly Assembly[] Parts = [typeof(AuthCoreServices).Assembly, typeof(McpEndpointServices).Assembly];

    /// <summary>Abstract ones too.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. Parts.SelectMany(part => part.GetTypes()).Where(type => type.IsSubclassOf(typeof(Fact)))];

    public static IReadOnlyList<Type> Kinds { get; } = [.. Types.Where(type => !type.IsAbstract)];

    /// <summary>Those of which any is stored.</summary>
    public static IReadOnlyList<Type> KeptKinds { get; } = [.. Kinds.Where(kind => Blank(kind).IsKept)];

    public static Gen<Fact> Kept { get; } = Gen.Elements(KeptKinds.ToArray()).SelectMany(Of).Where(fact => fact.IsKept);

    /// <summary>As its constructor takes it: text, numbers, lists of text and enumerations.</summary>
    public static Gen<Fact> Of(Type kind)
    {
        var constructor = ConstructorOf(kind);
        return constructor.GetParameters().Select(ValueOf).Aggregate(
                Gen.Constant(Array.Empty<object?>()), (before, next) => before.SelectMany(values => next.Select(value => values.Append(value).ToArray())))
            .Select(values => (Fact)constructor.Invoke(values));
    }

    public static ConstructorInfo ConstructorOf(Type kind) => kind.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;

    private static Fact Blank(Type kind) => (Fact)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(kind);

    private static Gen<object?> ValueOf(ParameterInfo parameter)
    {
        var mayBeNull = new NullabilityInfoContext().Create(parameter).ReadState is NullabilityState.Nullable;
        var value = ValueOf(parameter.ParameterType);
        return mayBeNull ? Gen.OneOf(Gen.Constant<object?>(null), value) : value;
    }

    private static Gen<object?> ValueOf(Type type) => type switch
    {
        _ when type == typeof(string) => Text.Select(text => (object?)text),
        _ when type == typeof(int) => ArbMap.Default.GeneratorFor<int>().Select(number => (object?)number),
        _ when type == typeof(long) => ArbMap.Default.GeneratorFor<long>().Select(number => (object?)number),
        _ when type == typeof(bool) => ArbMap.Default.GeneratorFor<bool>().Select(flag => (object?)flag),
        _ when type == typeof(IReadOnlyList<string>) => Text.ListOf().Select(texts => (object?)texts.ToArray()),
        { IsEnum: true } => Gen.Elements(Enum.GetValues(type).Cast<object?>().ToArray()),
        _ => throw new NotSupportedException($"A kept fact holds text, numbers, flags, lists of text and enumerations, and not {type}: add it here if it is written and read without loss."),
    };

    /// <summary>Anything that a database keeps: a lone half of a surrogate pair is no text.</summary>
    private static Gen<string> Text { get; } = ArbMap.Default.GeneratorFor<string>().Select(text => new string([.. (text ?? "").Where(sign => !char.IsSurrogate(sign))]));
}
