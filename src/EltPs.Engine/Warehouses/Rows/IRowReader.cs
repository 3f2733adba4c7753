namespace EltPs.Engine.Warehouses;

/// <summary>
/// The rows of a query that runs, read bit by bit, so that a result of any size takes little memory. To dispose it before its end stops the
/// query in the warehouse.
/// </summary>
/// <remarks>
/// The values are .NET's: a boolean; a whole number as an integer of its size, or as <see cref="System.Numerics.BigInteger"/> where 64 bits
/// do not hold it; <see cref="decimal"/>; a floating-point number; text; <see cref="byte"/>s; <see cref="DateTime"/> without a kind for a
/// date or a local time; <see cref="DateTimeOffset"/> for a moment; <see cref="TimeSpan"/>; <see cref="Guid"/>; an array of values for a
/// list; <see cref="RowRecord"/>; an <c>OrderedDictionary</c> for a map; null for NULL. What its .NET type cannot hold is text
/// (<see cref="RowValue"/>, <see cref="RowTime"/>).
/// </remarks>
internal interface IRowReader : IAsyncDisposable
{
    /// <summary>The columns, known from the beginning.</summary>
    IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The places of the columns in which digits below 100 nanoseconds, the least that .NET knows, were cut off so far.</summary>
    IReadOnlyCollection<int> CutColumns { get; }

    /// <summary>The next rows, each with a value for every column; none when all have been read.</summary>
    /// <exception cref="Errors.EltException">The warehouse could not go on.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, in the warehouse too.</exception>
    Task<IReadOnlyList<object?[]>> ReadAsync(CancellationToken cancellationToken);
}
