using System.Collections;
using System.Reflection;

namespace EltPs.Tests.Support;

/// <summary>Every text that can be reached from an object through its public properties and items.</summary>
internal static class ObjectWalk
{
    private const int Deepest = 12;

    public static IReadOnlyList<string> Texts(object? root)
    {
        var texts = new List<string>();
        Walk(root, texts, new HashSet<object>(ReferenceEqualityComparer.Instance), 0);
        return texts;
    }

    private static void Walk(object? value, List<string> texts, HashSet<object> seen, int depth)
    {
        if (value is null || depth > Deepest || !(value is string || seen.Add(value)))
        {
            return;
        }

        texts.Add(value.ToString() ?? string.Empty);
        if (value is string || value.GetType().IsPrimitive || value is Type or Assembly or MemberInfo or Module or Delegate)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, texts, seen, depth + 1);
            }
        }

        foreach (
            var property in value
                .GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0))
        {
            Walk(Read(property, value), texts, seen, depth + 1);
        }
    }

    private static object? Read(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }
}
