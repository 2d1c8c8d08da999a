using AppConsistentSnapshot.TestHost;

return await new HostConsole(Console.In, Console.Out).RunAsync().ConfigureAwait(false);
