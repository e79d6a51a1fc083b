package dev.sallyport.resources.validation;

import java.util.List;

/** What an object's name must look like. */
@FunctionalInterface
public interface NameRule {

  NameRule SUBDOMAIN = Names::subdomain;
  NameRule LABEL = Names::label;
  NameRule PATH_SEGMENT = Names::pathSegment;

  /** The faults of the name; none means it is fine. */
  List<String> faults(String name);
}
