using EltPs.Engine.Errors;

namespace EltPs.Engine.Steps;

/// <summary>Something that must hold for a staged table before it may be published.</summary>
public interface ITableCheck
{
    /// <summary>What is wrong; null if the check holds.</summary>
    /// <param name="staged">The table.</param>
    /// <param name="rows">Its number of rows.</param>
    EltException? Judge(StagedTable staged, long rows);
}
