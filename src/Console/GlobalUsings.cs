global using AdminConsole.Security;
