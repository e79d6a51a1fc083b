package dev.sallyport.config.flags;

import dev.sallyport.config.Faults;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads words into flags by the rules of Go's pflag, which Kubernetes' components follow: {@code
 * --flag=value}, {@code --flag value} (whatever the next word looks like), {@code --switch}, {@code
 * --switch=false} (never {@code --switch false}), {@code -v2}, {@code -v=2}, {@code -v 2}, and
 * {@code --} before words that are no flags.
 *
 * @see <a href="https://pkg.go.dev/github.com/spf13/pflag#hdr-Command_line_flag_syntax">pflag</a>
 */
public final class CommandLine {
  private final FlagTable table;
  private final Faults faults;
  private final List<String> words = new ArrayList<>();

  private CommandLine(FlagTable table, Faults faults) {
    this.table = table;
    this.faults = faults;
  }

  /** Gives the flags what the words say; returns the words that are no flags. */
  public static List<String> read(List<String> args, FlagTable table, Faults faults) {
    CommandLine line = new CommandLine(table, faults);
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      line.word(rest.next(), rest);
    }
    return line.words;
  }

  private void word(String word, Iterator<String> rest) {
    if (word.equals("--")) {
      rest.forEachRemaining(words::add);
    } else if (word.startsWith("--")) {
      flag(word, rest);
    } else if (word.startsWith("-") && word.length() > 1) {
      shorthand(word, rest);
    } else {
      words.add(word);
    }
  }

  private void flag(String word, Iterator<String> rest) {
    int equals = word.indexOf('=');
    String name = word.substring(2, equals < 0 ? word.length() : equals);
    Optional<Flag<?>> flag = table.find(name);
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
    if (flag.isPresent()) {
      give(flag.get(), value, rest);
    } else {
      unknown("--" + name, name, value.orElse(""));
    }
  }

  private void shorthand(String word, Iterator<String> rest) {
    Optional<Flag<?>> flag = table.find(word.charAt(1));
    String behind = word.substring(2);
    boolean bare = behind.isEmpty();
    // One dash before a whole name is a slip worth a better answer than a letter that is unknown.
    String name = word.substring(1).split("=", 2)[0];
    if (flag.isEmpty() || table.find(name).filter(other -> other != flag.get()).isPresent()) {
      unknown("-" + name, name, "");
    } else {
      String value = behind.startsWith("=") ? behind.substring(1) : behind;
      give(flag.get(), bare ? Optional.empty() : Optional.of(value), rest);
    }
  }

  private void give(Flag<?> flag, Optional<String> value, Iterator<String> rest) {
    if (value.isPresent()) {
      flag.give(value.get(), "");
    } else if (flag.type().arity() == ValueType.Arity.SWITCH) {
      flag.give("true", "");
    } else if (rest.hasNext()) {
      flag.give(rest.next(), "");
    } else {
      faults.add("--" + flag.name(), "", flag.type().expected());
    }
  }

  private void unknown(String typed, String name, String value) {
    String hint = table.nearest(name).map(known -> "; the nearest is --" + known).orElse("");
    faults.add("unknown flag " + typed, value, "a known one" + hint);
  }
}
