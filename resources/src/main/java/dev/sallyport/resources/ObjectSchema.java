package dev.sallyport.resources;

/**
 * What a value may be. A closed set of forms, so that walkers switch over them: {@link
 * StructSchema}, {@link MapSchema}, {@link ListSchema}, {@link ScalarSchema}.
 */
public sealed interface ObjectSchema permits StructSchema, MapSchema, ListSchema, ScalarSchema {}
