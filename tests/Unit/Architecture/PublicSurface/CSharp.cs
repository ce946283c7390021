using System.Reflection;

namespace UnitTests.Architecture.PublicSurface;

/// <summary>Types as C# writes them, with the question marks of references that may be null.</summary>
internal static class CSharp
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(ParameterInfo parameter) => Of(Nullability.Create(parameter));

    public static string Of(PropertyInfo property) => Of(Nullability.Create(property));

    public static string Of(FieldInfo field) => Of(Nullability.Create(field));

    public static string Of(EventInfo happening) => Of(Nullability.Create(happening));

    /// <summary>Without what may be null; the name carries the namespace where it is ours.</summary>
    public static string Of(Type type) => type switch
    {
        _ when Keywords.TryGetValue(type, out var keyword) => keyword,
        _ when type.IsByRef => Of(type.GetElementType()!),
        _ when type.IsArray => Of(type.GetElementType()!) + "[]",
        _ when Nullable.GetUnderlyingType(type) is { } value => Of(value) + "?",
        { IsGenericType: true } => $"{Name(type)}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>",
        _ => Name(type),
    };

    public static string Name(Type type)
    {
        var name = type.Name.Split('`')[0];
        return type is { DeclaringType: { } outer, IsGenericParameter: false } ? $"{Name(outer)}.{name}" : name;
    }

    private static string Of(NullabilityInfo info)
    {
        var type = info.Type;
        // An unbounded type parameter always reads as one that may be null.
        var mark = type is { IsValueType: false, IsGenericParameter: false } && info.ReadState == NullabilityState.Nullable ? "?" : "";
        if (info.ElementType is { } element && !type.IsByRef)
        {
            return $"{Of(element)}[]{mark}";
        }

        return type.IsGenericType && !type.IsValueType && info.GenericTypeArguments.Length == type.GetGenericArguments().Length
            ? $"{Name(type)}<{string.Join(", ", info.GenericTypeArguments.Select(Of))}>{mark}"
            : Of(type) + mark;
    }
}
