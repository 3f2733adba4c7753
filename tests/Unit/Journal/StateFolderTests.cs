using EltPs.Engine.Journal;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Journal;

public sealed class StateFolderTests
{
    [Fact]
    public void It_stands_beside_the_pipeline_file_and_is_made_when_it_is_needed()
    {
        using var folder = new TemporaryFolder();
        var state = StateFolder.For(Path.Combine(folder.Path, "job.psd1"), statePath: null);

        Assert.Equal(Path.Combine(folder.Path, ".eltps"), state.FullPath);
        Assert.Equal("job.psd1", state.PipelineFile);
        Assert.False(Directory.Exists(state.FullPath));

        Assert.Equal(Path.Combine(folder.Path, ".eltps", "runs"), state.Ensure("runs"));
        Assert.True(Directory.Exists(state.PathOf("runs")));
        Assert.Equal("*\n", File.ReadAllText(state.PathOf(".gitignore")));
    }

    [Fact]
    public void Another_folder_can_be_chosen_and_what_the_user_wrote_in_it_stays()
    {
        using var folder = new TemporaryFolder();
        var elsewhere = Path.Combine(folder.Path, "state");
        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(Path.Combine(elsewhere, ".gitignore"), "runs/\n");

        var state = StateFolder.For(Path.Combine(folder.Path, "pipelines", "job.psd1"), elsewhere);

        Assert.Equal(elsewhere, state.Ensure());
        Assert.Equal("runs/\n", File.ReadAllText(state.PathOf(".gitignore")));
    }
}
