namespace EltPs.Engine.Schedulers;

/// <summary>Which scheduler starts a pipeline.</summary>
public enum SchedulerFormat
{
    /// <summary>Windows Task Scheduler: an XML file for schtasks.</summary>
    TaskScheduler,

    /// <summary>Jenkins: a declarative pipeline.</summary>
    Jenkinsfile,

    /// <summary>cron: lines for a user's crontab.</summary>
    Cron,

    /// <summary>systemd: a service and the timer that starts it.</summary>
    SystemD,
}
