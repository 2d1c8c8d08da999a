namespace AppConsistentSnapshot;

/// <summary>Limits and paths that hold for every run.</summary>
public sealed class SnapshotOptions
{
    /// <summary>Gets or sets the plan that is used where a request names none.</summary>
    /// <value>The default is <c>/etc/azure/VMSnapshotScriptPluginConfig.json</c>.</value>
    public string PlanPath { get; set; } = "/etc/azure/VMSnapshotScriptPluginConfig.json";

    /// <summary>Gets or sets the host configuration that is used, if it exists, where a request names neither it nor a plan.</summary>
    /// <value>The default is <c>/etc/azure/VMSnapshotPluginHost.conf</c>.</value>
    public string HostConfigurationPath { get; set; } = "/etc/azure/VMSnapshotPluginHost.conf";

    /// <summary>Gets or sets the user id that has to own plans, scripts and their folders.</summary>
    /// <value>The default is 0 (root). Another value is for tests and unprivileged hosts.</value>
    public int Owner { get; set; }

    /// <summary>Gets or sets the longest time that writes may be held, from the first freeze to the start of the thaw.</summary>
    /// <value>More than zero, at most 60 seconds. The default is 10 seconds.</value>
    public TimeSpan FreezeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets who freezes and thaws.</summary>
    /// <value>The default is <see cref="FreezerMode.Process"/>.</value>
    public FreezerMode FreezerMode { get; set; }

    /// <summary>Gets or sets the path of the program that freezes and thaws: <c>acs-freezer</c>, or <c>acs-freezer.dll</c> with its runtime configuration next to it.</summary>
    /// <value><see langword="null"/> by default: it is looked for next to the application.</value>
    public string? FreezerPath { get; set; }

    /// <summary>Gets or sets the time from the first successful quiesce by which the freeze must have begun.</summary>
    /// <value>More than zero. The default is 120 seconds.</value>
    public TimeSpan QuiesceLimit { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Gets or sets how long one participant may take to quiesce or resume where it does not say itself.</summary>
    /// <value>More than zero. The default is 60 seconds.</value>
    public TimeSpan ParticipantLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets the time between SIGTERM and SIGKILL for a script, and the time that anything else cancelled has to return.</summary>
    /// <value>Zero or more. The default is 5 seconds.</value>
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the umask that scripts run with.</summary>
    /// <value>Nine permission bits. The default is octal 022.</value>
    public UnixFileMode ScriptUmask { get; set; } = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Gets or sets the pause between two tries of a script.</summary>
    /// <value>Zero or more. The default is zero.</value>
    public TimeSpan ScriptRetryDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Gets or sets how long a backend may take to prepare.</summary>
    /// <value>More than zero. The default is 5 minutes.</value>
    public TimeSpan PrepareLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how long <c>syncfs(2)</c> may take before the run goes on; the freeze writes out what is left.</summary>
    /// <value>More than zero. The default is 2 minutes.</value>
    public TimeSpan FlushLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how long a backend may take to cut where nothing is frozen. A cut inside a freeze has <see cref="FreezeLimit"/>.</summary>
    /// <value>More than zero. The default is 10 minutes.</value>
    public TimeSpan CutLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets how long a backend may take to complete its snapshots after the thaw.</summary>
    /// <value>More than zero. The default is 1 hour.</value>
    public TimeSpan CompleteLimit { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long a backend may take to roll back.</summary>
    /// <value>More than zero. The default is 5 minutes.</value>
    public TimeSpan RollBackLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how often a backend call outside the freeze is tried again after a transient error.</summary>
    /// <value>Zero or more. The default is 2.</value>
    public int BackendRetries { get; set; } = 2;

    /// <summary>Gets or sets the pause before a backend call is tried again.</summary>
    /// <value>Zero or more. The default is 1 second.</value>
    public TimeSpan BackendRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how often a run that failed because it may not continue on failure is tried again as a whole.</summary>
    /// <value>Zero or more. The default is 0. Only script, freeze and cut failures are tried again, each time with a run id of its own.</value>
    public int RunRetries { get; set; }

    /// <summary>Gets or sets the pause before a whole run is tried again.</summary>
    /// <value>Zero or more. The default is 1 minute.</value>
    public TimeSpan RunRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the limit for a run with all its tries, after which it is cancelled as if by the caller.</summary>
    /// <value><see langword="null"/> by default: the limits of the steps alone bound it.</value>
    public TimeSpan? RunLimit { get; set; }

    /// <summary>Gets or sets the folder of the recovery journal, which has to keep its content over a restart.</summary>
    /// <value>The default is <c>/var/lib/acsnap</c>. It is made, with mode 0700, where it is not there.</value>
    public string JournalFolder { get; set; } = "/var/lib/acsnap";

    /// <summary>Gets or sets the folder of the lock and of the freeze progress, which should lie in memory.</summary>
    /// <value>The default is <c>/run/acsnap</c>. It is made, with mode 0700, where it is not there. All runs of a host have to use the same one.</value>
    public string RuntimeFolder { get; set; } = "/run/acsnap";

    /// <summary>Gets or sets whether a run is refused, before anything is touched, where no journal can be kept.</summary>
    /// <value>The default is <see langword="true"/>: without a journal an application may stay quiesced when the process dies.</value>
    public bool RequireJournal { get; set; } = true;

    /// <summary>Gets or sets how long one record of the journal may take to be written.</summary>
    /// <value>More than zero. The default is 10 seconds.</value>
    public TimeSpan JournalLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long a run or a recovery waits for another one on the same host.</summary>
    /// <value>Zero or more. The default is zero: it is refused, with an error that names the other one.</value>
    public TimeSpan WaitForOtherRun { get; set; } = TimeSpan.Zero;

    /// <summary>A copy that a caller cannot change any more.</summary>
    internal SnapshotOptions Copy() => (SnapshotOptions)MemberwiseClone();
}
