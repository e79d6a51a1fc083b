package dev.sallyport.server.cli;

import dev.sallyport.config.options.ServerOptions;
import java.io.PrintStream;

/** What {@code --help} says. */
final class HelpText {
  private HelpText() {}

  static void print(PrintStream out) {
    out.print(
        """
        Sallyport is the Kubernetes API's front door: it asks who you are, then whether you may, and
        answers from its own store or passes the request on to an upstream.

        Usage:
          sallyport [flags]               serve
          sallyport check-config [flags]  tell what is wrong with flags and files, start nothing
          sallyport kubeconfig [flags]    make a user's kubeconfig      (--help tells its flags)
          sallyport certificate [flags]   make a user's certificate and key
          sallyport token [command]       make, list and delete bootstrap tokens
          sallyport whoami [flags]        tell who somebody is to the server, and why
          sallyport version | help

        Flags have kube-apiserver's names and syntax: --flag=value, --flag value, --switch,
        --switch=false. Other flags of kube-apiserver v1.36 are accepted with a warning: see
        docs/flags.md.
        """);
    out.print(ServerOptions.help());
  }
}
