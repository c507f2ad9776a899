/** The title of an item whose description was lost; it is stored. */
export const library = {
  recovery: { title: (date: string) => `Recovered item ${date}` },
};
