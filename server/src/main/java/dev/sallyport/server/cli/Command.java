package dev.sallyport.server.cli;

import dev.sallyport.config.ConfigException;
import java.io.PrintStream;
import java.util.List;

/** One thing that the program does. */
@FunctionalInterface
interface Command {

  /**
   * Does it; returns when it is done.
   *
   * @param args the words behind the command's name
   * @param out for what was asked for; logs go to standard error
   * @throws ConfigException if something given is wrong
   */
  void run(List<String> args, PrintStream out);
}
