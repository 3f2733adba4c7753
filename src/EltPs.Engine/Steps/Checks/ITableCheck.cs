using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>Something that must hold for a staged table before it may be published.</summary>
/// <remarks>
/// All checks of a table are read with one statement. What stands beyond this type knows no check: plans have that statement, errors and
/// reports the results.
/// </remarks>
internal interface ITableCheck
{
    /// <summary>Its name, the same in every run, such as <c>row count</c>.</summary>
    string Name { get; }

    /// <summary>What it has to know of the staging table, each as an aggregate in SQL, such as <c>max(day)</c>.</summary>
    /// <param name="dialect">The warehouse's SQL.</param>
    IReadOnlyList<string> Aggregates(IDialect dialect);

    /// <summary>Whether it holds.</summary>
    /// <param name="values">The values of <see cref="Aggregates"/>, in their order.</param>
    CheckResult Judge(CheckValues values);
}
