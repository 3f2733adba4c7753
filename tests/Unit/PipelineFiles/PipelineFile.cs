using System.Text;
using EltPs.Engine.Alerts;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.PipelineFiles;
using EltPs.PipelineFiles;
using EltPs.Tests.Support;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.PipelineFiles;

/// <summary>A pipeline file in a folder of its own, named <c>p.psd1</c> by its user.</summary>
internal sealed class PipelineFile : IDisposable
{
    public const string Name = "p.psd1";

    public PipelineFile(byte[] content) => File.WriteAllBytes(Folder.File(Name), content);

    public PipelineFile(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public TemporaryFolder Folder { get; } = new();

    public string FullPath => Folder.File(Name);

    public PipelineDefinition Load(Func<PipelineFileContext, PipelineFileContext>? change = null)
    {
        var context = new PipelineFileContext(Name, FullPath, new WarehouseRegistry(), AlertChannels.Default.Keys);
        return PipelineFileLoader.Load(change is null ? context : change(context));
    }

    public EltException Refusal(Func<PipelineFileContext, PipelineFileContext>? change = null)
    {
        var refusal = Assert.Throws<EltException>(() => Load(change));
        Assert.Equal(EltErrorKind.InvalidPipelineFile, refusal.Kind);
        Assert.NotEmpty(refusal.Complaints);
        Assert.True(refusal.Message.Length < 10_000, "A complaint printed too much of the file.");
        return refusal;
    }

    /// <summary>A file with one table whose other keys are given.</summary>
    public static string WithTable(string keys) => $$"""@{ Tables = @( @{ {{keys}} } ) }""";

    /// <summary>A valid file with more keys at its root, which begin in line 1, column 4.</summary>
    public static string WithRoot(string keys) => $$"""@{ {{keys}}; Tables = @( @{ Schema = 's'; Table = 't'; Sql = 'SELECT 1' } ) }""";

    public void Dispose() => Folder.Dispose();
}
