using AppConsistentSnapshot.Tool;

return await AcsnapCommand.RunAsync(args, CommandServices.OfThisProcess()).ConfigureAwait(false);
