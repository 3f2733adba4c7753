using EltPs.Engine.Errors;

namespace EltPs.Warehouses.AdoNet;

/// <summary>What the ADO.NET driver of one warehouse has of its own.</summary>
internal interface IDriver
{
    /// <summary>How much of the statement that runs now is done, from 0 to 1; 0 if the driver does not tell.</summary>
    double Progress => 0;

    /// <summary>The error of a statement.</summary>
    /// <param name="exception">What the driver threw.</param>
    /// <param name="sql">The statement.</param>
    EltException Translate(Exception exception, string sql);
}
