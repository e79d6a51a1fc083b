package dev.sallyport.resources.custom;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Paths that name one member after another, such as {@code .spec.replicas}. */
final class Paths {

  private Paths() {}

  static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(path, ".");
    while (words.hasMoreTokens()) {
      steps.add(words.nextToken());
    }
    return List.copyOf(steps);
  }
}
