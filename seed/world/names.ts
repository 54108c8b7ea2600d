/** Common Danish names for the generated municipality. Story persons have surnames of their own, found nowhere else. */
export const GIVEN_NAMES = {
  FEMALE:
    'Anne Mette Kirsten Hanne Anna Helle Susanne Lene Maria Marianne Camilla Louise Ida Emma Sofie Freja Clara Alma Karla Ella Agnes Nora Laura Mathilde Cecilie Julie Sara Line Pia Birgit Inge Karen Ærna Åse'.split(
      ' ',
    ),
  MALE: 'Peter Michael Lars Jens Thomas Henrik Søren Christian Martin Jan Morten Jesper Anders Niels Mads Rasmus William Noah Oscar Lucas Victor Emil Aksel Valdemar Magnus Frederik Mikkel Jonas Simon Ole Bent Erik Øjvind Åge'.split(
    ' ',
  ),
} as const;

export const SURNAMES =
  'Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Jakobsen Bertelsen Lauridsen Kjær Holm Schmidt Lund Mikkelsen Østergaard Nygaard Bak Ågård Bæk'.split(
    ' ',
  );

export const STREETS =
  'Algade Nørregade Søndergade Vestergade Østergade Kirkevej Skolevej Møllevej Stationsvej Engvej Birkevej Bøgevej Egevej Lærkevej Solsortevej Ærtebjergvej Åvej Strandvejen Havnegade Torvet'.split(
    ' ',
  );
