using System.Reflection;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>Reaches what only the driver's own types have; null or false where this version of the driver has it not.</summary>
internal static class LateBound
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Reads a property. The most derived one counts: the driver hides properties of the base type.</summary>
    public static T? Get<T>(object instance, string property)
        where T : class => Property(instance, property)?.GetValue(instance) as T;

    /// <summary>Sets a property.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Set(object instance, string property, object value)
    {
        if (Property(instance, property) is not { CanWrite: true } found || !found.PropertyType.IsInstanceOfType(value))
        {
            return false;
        }

        found.SetValue(instance, value);
        return true;
    }

    /// <summary>Calls a method without parameters.</summary>
    public static T? Call<T>(object instance, string method)
        where T : class =>
        instance.GetType().GetMethod(method, BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes)?.Invoke(instance, null) as T;

    private static PropertyInfo? Property(object instance, string name)
    {
        for (var type = instance.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetProperty(name, Declared) is { } property)
            {
                return property;
            }
        }

        return null;
    }
}
