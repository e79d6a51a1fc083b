package dev.sallyport.it.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A container's log: whoever follows it gets what is there and what comes. Thread safe. */
final class GrowingLog {

  private final List<String> lines = new ArrayList<>();
  private final List<Consumer<String>> followers = new ArrayList<>();

  synchronized void append(String line) {
    lines.add(line);
    followers.forEach(follower -> follower.accept(line));
  }

  synchronized void read(Consumer<String> reader, boolean follow) {
    lines.forEach(reader);
    if (follow) {
      followers.add(reader);
    }
  }
}
