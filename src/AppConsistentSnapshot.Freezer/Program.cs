using AppConsistentSnapshot.Freezer;

return FreezerMain.Run(args);
